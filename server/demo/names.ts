/** Given and family names as they occur together in a place, so that people sound like where they work. */
interface Names {
  readonly given: readonly string[]
  readonly family: readonly string[]
}

const words = (text: string) => text.trim().split(/\s+/)

export const namesIn: Readonly<Record<string, Names>> = {
  'Europe/London': {
    given: words(`Amelia Oliver Isla Harry Poppy George Freya Arthur Evie Oscar Nia Rhys Eilidh Callum Zainab Hassan
      Adaeze Femi Anjali Rohan Mei-Lin Kofi Leila Tobias Charlotte Imogen Dylan Sian Gareth Shanice`),
    family: words(`Hart Whitfield Clarke Bennett Foster Hughes Lloyd Morgan Campbell MacLeod Khan Hussain Adeola Okoro
      Sharma Patel Wong Boateng Farouk Shaw Pemberton Ashworth Griffiths Doyle Fraser Turner Mistry Osei Bailey Marsh`),
  },
  'Europe/Berlin': {
    given: words(`Lena Jürgen Sabine Matthias Anke Björn Sina Torsten Greta Emre Aylin Mirko Jelena Wiebke Hauke Birte
      Olga Sergej Agnieszka Krzysztof Ole Solveig Nadja Felix Katja Deniz Ronja Malte Svenja Arvid`),
    family: words(`Hansen Petersen Schröder Krüger Vogel Neumann Lorenz Brandes Yıldız Kaya Jovanović Behrens Claasen
      Matthiesen Sokolova Wiśniewska Nowak Lindholm Thomsen Albrecht Reuter Sievers Jensen Koch Ahlers Böhm Franke Paulsen
      Rasmussen Witt`),
  },
  'America/New_York': {
    given: words(`Jordan Alicia Brandon Destiny Carlos Xiomara Tyrone Keisha Ethan Maya Wei Soo-Jin Priscilla Dominic
      Angela Terrence Valeria Nathan Rebecca Malik Gabriela Trevor Monique Arjun Hailey Desmond Camila Julian Simone
      Vincent`),
    family: words(`Washington Rivera Delgado Thompson Nguyen Kim Rosario Coleman Friedman Russo Gallagher Singh Jackson
      Ortiz Park Walker Fuentes Whitaker Levine Bianchi Charles Greene Pacheco Zhang Hoffman Ramirez Douglas Sullivan
      Baptiste Cruz`),
  },
}

/** How a name stands in an address: small letters of the English alphabet, a dot between. */
export const mailbox = (name: string) =>
  name
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll('ı', 'i')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, '.')
