import _ from "underscore";

const texts = {
  en: {
    bundle: "Buy {quantity}, save {percentage} %",
    clearance: "Clearance: {percentage} % off",
    member: "Members save {percentage} %",
    freeShipping: "Free shipping from {amount}",
    missing: "Only {amount} left to free shipping",
    outOfStock: "{title} is out of stock",
    tooHeavy: "This parcel is too heavy for one shipment",
    unknownCountry: "We do not ship to {country} yet",
  },
  de: {
    bundle: "Ab {quantity} Stück {percentage} % sparen",
    clearance: "Ausverkauf: {percentage} % Rabatt",
    member: "Mitglieder sparen {percentage} %",
    freeShipping: "Versandkostenfrei ab {amount}",
    missing: "Nur noch {amount} bis zum kostenlosen Versand",
    outOfStock: "{title} ist nicht lieferbar",
    tooHeavy: "Dieses Paket ist zu schwer für eine Sendung",
    unknownCountry: "Wir liefern noch nicht nach {country}",
  },
  fr: {
    bundle: "Dès {quantity} articles, {percentage} % de remise",
    clearance: "Liquidation : {percentage} % de remise",
    member: "Les membres économisent {percentage} %",
    freeShipping: "Livraison offerte dès {amount}",
    missing: "Plus que {amount} pour la livraison offerte",
    outOfStock: "{title} n’est plus disponible",
    tooHeavy: "Ce colis est trop lourd pour un seul envoi",
    unknownCountry: "Nous ne livrons pas encore en {country}",
  },
  es: {
    bundle: "Desde {quantity} unidades, {percentage} % de descuento",
    clearance: "Liquidación: {percentage} % de descuento",
    member: "Los socios ahorran un {percentage} %",
    freeShipping: "Envío gratuito desde {amount}",
    missing: "Faltan {amount} para el envío gratuito",
    outOfStock: "{title} está agotado",
    tooHeavy: "Este paquete pesa demasiado para un solo envío",
    unknownCountry: "Todavía no enviamos a {country}",
  },
  it: {
    bundle: "Da {quantity} pezzi, {percentage} % di sconto",
    clearance: "Liquidazione: {percentage} % di sconto",
    member: "I soci risparmiano il {percentage} %",
    freeShipping: "Spedizione gratuita da {amount}",
    missing: "Mancano {amount} alla spedizione gratuita",
    outOfStock: "{title} è esaurito",
    tooHeavy: "Questo pacco è troppo pesante per una sola spedizione",
    unknownCountry: "Non spediamo ancora in {country}",
  },
  nl: {
    bundle: "Vanaf {quantity} stuks {percentage} % korting",
    clearance: "Opruiming: {percentage} % korting",
    member: "Leden besparen {percentage} %",
    freeShipping: "Gratis verzending vanaf {amount}",
    missing: "Nog {amount} tot gratis verzending",
    outOfStock: "{title} is uitverkocht",
    tooHeavy: "Dit pakket is te zwaar voor één zending",
    unknownCountry: "We leveren nog niet in {country}",
  },
  pt: {
    bundle: "A partir de {quantity} unidades, {percentage} % de desconto",
    clearance: "Liquidação: {percentage} % de desconto",
    member: "Os membros poupam {percentage} %",
    freeShipping: "Envio grátis a partir de {amount}",
    missing: "Faltam {amount} para o envio grátis",
    outOfStock: "{title} está esgotado",
    tooHeavy: "Esta encomenda é demasiado pesada para um só envio",
    unknownCountry: "Ainda não enviamos para {country}",
  },
  sv: {
    bundle: "Köp {quantity}, spara {percentage} %",
    clearance: "Utförsäljning: {percentage} % rabatt",
    member: "Medlemmar sparar {percentage} %",
    freeShipping: "Fri frakt från {amount}",
    missing: "Bara {amount} kvar till fri frakt",
    outOfStock: "{title} är slutsåld",
    tooHeavy: "Paketet är för tungt för en försändelse",
    unknownCountry: "Vi levererar inte till {country} än",
  },
  pl: {
    bundle: "Od {quantity} sztuk {percentage} % taniej",
    clearance: "Wyprzedaż: {percentage} % taniej",
    member: "Klubowicze oszczędzają {percentage} %",
    freeShipping: "Darmowa dostawa od {amount}",
    missing: "Jeszcze {amount} do darmowej dostawy",
    outOfStock: "{title}: produkt niedostępny",
    tooHeavy: "Ta paczka jest za ciężka na jedną przesyłkę",
    unknownCountry: "Nie wysyłamy jeszcze do kraju {country}",
  },
  ja: {
    bundle: "{quantity}個以上で{percentage}％割引",
    clearance: "在庫一掃：{percentage}％割引",
    member: "会員は{percentage}％割引",
    freeShipping: "{amount}以上で送料無料",
    missing: "あと{amount}で送料無料",
    outOfStock: "{title}は在庫切れです",
    tooHeavy: "一度に発送できる重量を超えています",
    unknownCountry: "{country}への発送はまだ行っていません",
  },
};

// Split once into literal parts and names, so that a message is a join.
const templates = _.mapObject(texts, (messages) =>
  _.mapObject(messages, (text) => text.split(/[{}]/)),
);

export const languages = _.keys(texts);

/** A message in the customer's language, in English if it is not known. */
export function message(language, key, values = {}) {
  const parts = (templates[language] || templates.en)[key];
  return parts.map((part, i) => (i % 2 ? values[part] : part)).join("");
}
